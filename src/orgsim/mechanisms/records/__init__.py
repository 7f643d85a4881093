"""Records: where an organization or person is counted, and the yes/no questions the counts ask."""
