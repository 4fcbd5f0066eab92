int puts(const char *);
int main(void) { puts("alone"); return 0; }
