// out: 6 1 7 15 1 15 2
// A callee may rely on %rsp being 16-byte aligned, at any depth and with any number of stack arguments.
int aligned(void); int aligned7(int a, int b, int c, int d, int e, int f, int g); int aligned8(int a, int b, int c, int d, int e, int f, int g, int h);
#ifdef A
int printf(const char *, ...);
int main(void)
{
    char buf[13];
    buf[0] = 1;
    printf("%d %d %d ", aligned(), aligned7(1, 2, 3, 4, 5, 6, 7), aligned8(1, 2, 3, 4, 5, 6, 7, 8));
    printf("%d %d %d\n", aligned7(1, 2, 3, 4, 5, 6, aligned()), aligned8(1, 2, 3, 4, 5, 6, aligned7(1, 2, 3, 4, 5, 6, 7), 8), buf[0] + aligned());
    return 0;
}
#else
int aligned(void) { return ((long)__builtin_frame_address(0) & 15) == 0; }
int aligned7(int a, int b, int c, int d, int e, int f, int g) { return ((long)__builtin_frame_address(0) & 15) == 0 ? g : -1; }
int aligned8(int a, int b, int c, int d, int e, int f, int g, int h) { return ((long)__builtin_frame_address(0) & 15) == 0 ? h + g : -1; }
#endif
