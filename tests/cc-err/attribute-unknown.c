// exit: 1
int a __attribute__((frobnicate));
int b __attribute__((frobnicate(1, "x"), unused));
int c __attribute__((aligned(3)));
int d __attribute__((visibility("x")));
