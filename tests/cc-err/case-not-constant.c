// exit: 1
// err: case-not-constant.c:11:41: error: case label does not reduce to an integer constant
// err:  int f(int a, int b) { switch (a) { case b: return 1; case 1.5: return 2; } switch (1.0) { } return 0; }
// err:                                          ^
// err: case-not-constant.c:11:59: error: case label does not reduce to an integer constant
// err:  int f(int a, int b) { switch (a) { case b: return 1; case 1.5: return 2; } switch (1.0) { } return 0; }
// err:                                                            ^~~
// err: case-not-constant.c:11:84: error: switch quantity not an integer
// err:  int f(int a, int b) { switch (a) { case b: return 1; case 1.5: return 2; } switch (1.0) { } return 0; }
// err:                                                                                     ^~~
int f(int a, int b) { switch (a) { case b: return 1; case 1.5: return 2; } switch (1.0) { } return 0; }
