/* A plugin of qemu-user that counts the guest's instructions: qemu-riscv64 -plugin count.so -d plugin -D FILE PROGRAM leaves the
 * number in FILE. In: translation blocks as qemu makes them; out: one line when the program ends. Each block adds its length to a
 * counter when it is entered, so a block that a fault leaves in the middle counts whole.
 * Debian ships no qemu-plugin.h: what is used of it stands here, as QEMU's "TCG Plugins" page documents version 1 of the interface. */
#include <stddef.h>
#include <stdint.h>

typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb;
enum { QEMU_PLUGIN_INLINE_ADD_U64 = 0 };

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t, void (*)(qemu_plugin_id_t, struct qemu_plugin_tb *));
void qemu_plugin_register_atexit_cb(qemu_plugin_id_t, void (*)(qemu_plugin_id_t, void *), void *);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);
void qemu_plugin_register_vcpu_tb_exec_inline(struct qemu_plugin_tb *, int op, void *, uint64_t);
void qemu_plugin_outs(const char *);

int qemu_plugin_version = 1;
static uint64_t executed;

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
    (void)id;
    qemu_plugin_register_vcpu_tb_exec_inline(tb, QEMU_PLUGIN_INLINE_ADD_U64, &executed, qemu_plugin_tb_n_insns(tb));
}

static void ended(qemu_plugin_id_t id, void *unused)
{
    char text[24], *p = text + sizeof text;
    (void)id, (void)unused;
    *--p = 0, *--p = '\n';
    do
        *--p = (char)('0' + executed % 10);
    while (executed /= 10);
    qemu_plugin_outs(p);
}

int qemu_plugin_install(qemu_plugin_id_t id, const void *info, int argc, char **argv)
{
    (void)info, (void)argc, (void)argv;
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    qemu_plugin_register_atexit_cb(id, ended, NULL);
    return 0;
}
