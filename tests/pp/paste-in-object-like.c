// out: 1 abc
#define ab 1
#define X a ## b
#define Y a ## b ## c
X Y
