// err: main-returns-void.c:4:6: warning: return type of 'main' is not 'int' [-Wmain]
// err:  void main(void) { }
// err:       ^
void main(void) { }
