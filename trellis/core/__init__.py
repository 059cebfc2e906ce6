"""Small nouns that everyone needs: time, money, references, permissions, refusals, the rulebook."""
