/* gen: one function through the fast lane of the object's target. */
#include "arch/arch.h"

bool gen_fast(GenJob *job, IrFn *f)
{
    return job->obj->target->fast->compile(job, f);
}
