"""The analysis of a study for people: sentences, figures, a page, and the folder that holds them with the tables."""
