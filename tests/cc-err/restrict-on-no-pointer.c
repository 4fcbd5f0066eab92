// exit: 1
// err: restrict-on-no-pointer.c:5:1: error: invalid use of 'restrict'
// err:  int restrict a;
// err:  ^
int restrict a;
int *restrict b;
