"""Statistics as pure functions: lists or arrays in, a data frame or a tuple out; each cites its method, recalled [R] unless the definitions name it."""
