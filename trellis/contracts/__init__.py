"""The alliance contract: partners, money, targets, declared interests."""
