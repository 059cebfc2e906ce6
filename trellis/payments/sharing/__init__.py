"""How an alliance shares what is saved, and what is spent too much: the sums of the agreement's terms, exactly."""
