/* The arguments, a line each, and their number as status. */
long rt_syscall(long, long, long, long, long, long, long);
static long length(const char *s) { long n = 0; while (s[n]) n++; return n; }
int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        rt_syscall(WRITE, 1, (long)argv[i], length(argv[i]), 0, 0, 0);
        rt_syscall(WRITE, 1, (long)"\n", 1, 0, 0, 0);
    }
    return argc;
}
