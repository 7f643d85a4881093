"""Entry and exit: economic death first, then the slow work of the register; and foundings."""
