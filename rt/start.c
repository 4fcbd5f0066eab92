/* start: from the kernel's first stack to main, and out again. Input: the words start.S hands over (argc, argv[], NULL,
 * envp[], NULL). Nothing is initialised: rt has no constructors and no state. */
#include "rt/rt.h"

#define SYS(name, number) SYS_##name = number,
enum {
#include "sys.def"
    SYS_END_OF_TABLE = -1
};
#undef SYS

_Noreturn void rt_start(long *stack);

_Noreturn void rt_exit(int status)
{
    for (;;)
        rt_syscall(SYS_exit_group, status, 0, 0, 0, 0, 0);
}

_Noreturn void rt_start(long *stack)
{
    int argc = (int)stack[0];
    char **argv = (char **)(stack + 1);
    rt_exit(main(argc, argv, argv + argc + 1));
}
