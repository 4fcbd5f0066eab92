// exit: 1
enum e { };
enum f { a, a };
enum g { b = 1.5 };
enum h { c = n };
enum;
