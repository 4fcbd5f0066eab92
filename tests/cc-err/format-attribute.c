// err: format-attribute.c:8:26: warning: format '%d' expects argument of type 'int', but argument 3 has type 'long int' [-Wformat]
// err:  void f(long l) { say(1, "%d", l); say(1, "%ld", l); say(2, "x", l); }
// err:                           ^~
// err: format-attribute.c:8:60: warning: too many arguments for format [-Wformat-extra-args]
// err:  void f(long l) { say(1, "%d", l); say(1, "%ld", l); say(2, "x", l); }
// err:                                                             ^~~
void say(int level, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void f(long l) { say(1, "%d", l); say(1, "%ld", l); say(2, "x", l); }
