// exit: 77
int main(int argc, char **argv) { return argv[argc] == 0 ? 77 : 1; }
