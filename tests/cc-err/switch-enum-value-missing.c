// err: switch-enum-value-missing.c:5:19: warning: enumeration value 'green' not handled in switch [-Wswitch]
// err:  int f(enum e v) { switch (v) { case red: return 1; case blue: return 2; } return 0; }
// err:                    ^
enum e { red, green, blue };
int f(enum e v) { switch (v) { case red: return 1; case blue: return 2; } return 0; }
int g(enum e v) { switch (v) { case red: return 1; default: return 2; } }
