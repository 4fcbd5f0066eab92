// exit: 1
// err: condition-of-struct.c:12:19: error: used struct type value where scalar is required
// err:  int f(void) { if (v) return 1; while (v) ; return v ? 1 : 2; }
// err:                    ^
// err: condition-of-struct.c:12:39: error: used struct type value where scalar is required
// err:  int f(void) { if (v) return 1; while (v) ; return v ? 1 : 2; }
// err:                                        ^
// err: condition-of-struct.c:12:51: error: used struct type value where scalar is required
// err:  int f(void) { if (v) return 1; while (v) ; return v ? 1 : 2; }
// err:                                                    ^
struct s { int a; } v;
int f(void) { if (v) return 1; while (v) ; return v ? 1 : 2; }
