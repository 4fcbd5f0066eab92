// exit: 1
int a = '';
int b = 'abcde';
int c = '\q';
int d = '\x';
int e = 'ab';
