"""What is reported: recorded sums, the outcomes made of them, survival curves."""
