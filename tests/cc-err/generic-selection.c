// exit: 1
// err: generic-selection.c:11:9: error: '_Generic' selector of type 'int' is not compatible with any association
// err:  int a = _Generic(1, char: 1, long: 2);
// err:          ^
// err: generic-selection.c:12:29: error: '_Generic' selector matches multiple associations
// err:  int b = _Generic(1, int: 1, signed int: 2);
// err:                              ^
// err: generic-selection.c:13:33: error: duplicate 'default' case in '_Generic'
// err:  int c = _Generic(1, default: 1, default: 2);
// err:                                  ^
int a = _Generic(1, char: 1, long: 2);
int b = _Generic(1, int: 1, signed int: 2);
int c = _Generic(1, default: 1, default: 2);
int d = _Generic(1, int: 3, default: 4);
