/* C11 7.23 */
#ifndef __IDEM_STDNORETURN_H
#define __IDEM_STDNORETURN_H
#define noreturn _Noreturn
#endif
