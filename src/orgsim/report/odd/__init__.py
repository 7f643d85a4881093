"""The ODD+D description of the model: pages made from the rules, their values and texts written by hand."""
