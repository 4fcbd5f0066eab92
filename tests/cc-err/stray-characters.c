// exit: 1
// err: stray-characters.c:8:11: error: stray '@' in program
// err:  int a = 1 @ 2;
// err:            ^
// err: stray-characters.c:9:11: error: stray '`' in program
// err:  int b = 3 ` 4;
// err:            ^
int a = 1 @ 2;
int b = 3 ` 4;
#define X \
int c;
