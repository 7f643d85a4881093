"""Fees, dues and trading: what members and customers pay."""
