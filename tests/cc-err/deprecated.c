// err: deprecated.c:8:22: warning: 'old' is deprecated [-Wdeprecated-declarations]
// err:  int f(void) { return old(); }
// err:                       ^~~
// err: deprecated.c:7:5: note: declared here
// err:  int old(void) __attribute__((deprecated));
// err:      ^
int old(void) __attribute__((deprecated));
int f(void) { return old(); }
