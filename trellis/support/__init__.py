"""Cases: asked for, taken, completed, behind the conflict firewall."""
