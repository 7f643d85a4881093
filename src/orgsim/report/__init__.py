"""What people read: pages made from the model itself, tables and charts of results."""
