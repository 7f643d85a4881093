"""The pages people click: policies moved by sliders, compared with today while they are simulated."""
