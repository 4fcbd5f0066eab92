/* The list of targets: adding one is a folder and a line here. */
#include "arch/arch.h"

extern const Target target_x64;
extern const Target target_rv64;
extern const Target target_aa64;

const Target *const targets[] = {
    &target_x64,
    &target_rv64,
    &target_aa64,
    NULL,
};

const Target *target_find(const char *triple)
{
    for (size_t i = 0; targets[i]; i++) {
        if (strcmp(targets[i]->name, triple) == 0)
            return targets[i];
        for (size_t k = 0; targets[i]->triples[k]; k++)
            if (strcmp(targets[i]->triples[k], triple) == 0)
                return targets[i];
    }
    return NULL;
}

const Target *target_by_machine(uint16_t e_machine)
{
    for (size_t i = 0; targets[i]; i++)
        if (targets[i]->e_machine == e_machine)
            return targets[i];
    return NULL;
}

const Target *target_default(void)
{
    return targets[0];
}
