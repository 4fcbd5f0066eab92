// exit: 1
// err: compound-literal-invalid.c:12:23: error: invalid use of incomplete type 'struct u'
// err:  int f(void) { return ((struct u){ 1 }).x + (int){ 1 } + ((int[2]){ 1, 2, 3 })[0] + (void){ 0 }; }
// err:                        ^
// err: compound-literal-invalid.c:12:74: warning: excess elements in array initializer [-Wexcess-initializers]
// err:  int f(void) { return ((struct u){ 1 }).x + (int){ 1 } + ((int[2]){ 1, 2, 3 })[0] + (void){ 0 }; }
// err:                                                                           ^
// err: compound-literal-invalid.c:12:84: error: invalid use of incomplete type 'void'
// err:  int f(void) { return ((struct u){ 1 }).x + (int){ 1 } + ((int[2]){ 1, 2, 3 })[0] + (void){ 0 }; }
// err:                                                                                     ^
struct u;
int f(void) { return ((struct u){ 1 }).x + (int){ 1 } + ((int[2]){ 1, 2, 3 })[0] + (void){ 0 }; }
