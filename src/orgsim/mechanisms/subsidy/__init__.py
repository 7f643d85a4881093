"""Subsidy: public money without a delivery to match; it counts towards dependence."""
