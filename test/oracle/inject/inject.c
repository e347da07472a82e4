// SPDX-License-Identifier: GPL-2.0
/*
 * inject: makes the n-th call of a named kernel function fail with a chosen errno, for the recorder's process only.
 *
 * The recorder (PID 1) writes one line per fault to /sys/module/inject/parameters/arm before a step:
 *
 *	SITE NTH RESULT      RESULT: a negative errno, or for pci_alloc_irq_vectors a number of vectors
 *	off                  forgets every fault and every count
 *
 * A kprobe at the entry of the function counts the calls of PID 1 and returns at once with the chosen result, so the
 * function itself never runs. For a number of vectors the probe lowers the arguments min and max instead, so the
 * allocation that returns this number is a real one. Sites whose kernel function has many callers count only calls from
 * vfio-pci-core; the recorder must not place a return probe on these, because a return probe hides the caller.
 *
 * Reading the parameter returns the number of calls that each site has seen since the last "off".
 */
#include <linux/err.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/string.h>

enum kind { RET_INT, RET_ERR_PTR, RET_NULL, RET_MSI_MAP };

struct site {
	const char *name;	/* fault site, as in scripts and recordings */
	const char *symbol[3];	/* the first symbol that this kernel has */
	enum kind kind;
	bool from_vfio;		/* counts only calls from vfio-pci-core */
	struct kprobe kp;
	bool probed;
	int calls, nth, result;
};

static struct site sites[] = {
	{ "memdup_user", { "memdup_user" }, RET_ERR_PTR },
	/* 6.1: the array of contexts, kcalloc(); a constant size goes through kmalloc_trace() or the cache variant */
	{ "kcalloc_ctx", { "__kmalloc", "__kmalloc_noprof" }, RET_NULL, true },
	{ "vfio_irq_ctx_alloc", { "__kmalloc_cache_noprof", "kmalloc_trace" }, RET_NULL, true },
	{ "pci_alloc_irq_vectors", { "pci_alloc_irq_vectors_affinity" }, RET_INT },
	{ "pci_msix_alloc_irq_at", { "pci_msix_alloc_irq_at" }, RET_MSI_MAP },
	{ "kasprintf", { "kasprintf" }, RET_NULL, true },
	{ "eventfd_ctx_fdget", { "eventfd_ctx_fdget" }, RET_ERR_PTR },
	{ "request_irq", { "request_threaded_irq" }, RET_INT },
	{ "irq_bypass_register_producer", { "irq_bypass_register_producer" }, RET_INT },
	{ "vfio_virqfd_enable", { "vfio_virqfd_enable" }, RET_INT },
};

/* A return instruction of our own: the caller finds the result in its register. */
asm(".pushsection .text, \"ax\"\n"
    "inject_return:\n"
    "	ret\n"
    "	int3\n"
    ".popsection\n");
extern void inject_return(void);

static unsigned long vfio_begin, vfio_end;

static int on_entry(struct kprobe *kp, struct pt_regs *regs)
{
	struct site *s = container_of(kp, struct site, kp);
	unsigned long caller = *(unsigned long *)regs->sp;

	if (current->pid != 1 || !s->nth)
		return 0;
	if (s->from_vfio && (caller < vfio_begin || caller >= vfio_end))
		return 0;
	if (++s->calls != s->nth)
		return 0;
	if (s->result >= 0) {
		regs->si = s->result ? 1 : 0;	/* min */
		regs->dx = s->result;		/* max */
		return 0;
	}
	switch (s->kind) {
	case RET_INT:
	case RET_ERR_PTR:
		regs->ax = (long)s->result;
		break;
	case RET_NULL:
		regs->ax = 0;
		break;
	case RET_MSI_MAP:		/* { int index; int virq; } */
		regs->ax = (u32)s->result;
		break;
	}
	instruction_pointer_set(regs, (unsigned long)inject_return);
	return 1;
}
NOKPROBE_SYMBOL(on_entry);

/* An empty one keeps the kernel from optimising the probe into a jump, which ignores a changed instruction pointer. */
static void after_entry(struct kprobe *kp, struct pt_regs *regs, unsigned long flags)
{
}

static int arm_set(const char *text, const struct kernel_param *param)
{
	char name[40];
	int i, nth, result;

	if (!strncmp(text, "off", 3)) {
		for (i = 0; i < ARRAY_SIZE(sites); i++)
			sites[i].calls = sites[i].nth = sites[i].result = 0;
		return 0;
	}
	if (sscanf(text, "%39s %d %d", name, &nth, &result) != 3 || nth < 1)
		return -EINVAL;
	for (i = 0; i < ARRAY_SIZE(sites); i++) {
		if (strcmp(sites[i].name, name))
			continue;
		if (!sites[i].probed)
			return -ENOENT;
		sites[i].nth = nth;
		sites[i].result = result;
		return 0;
	}
	return -ENOENT;
}

static int arm_get(char *text, const struct kernel_param *param)
{
	int i, n = 0;

	for (i = 0; i < ARRAY_SIZE(sites); i++)
		n += scnprintf(text + n, PAGE_SIZE - n, "%s %d\n", sites[i].name, sites[i].probed ? sites[i].calls : -1);
	return n;
}

static const struct kernel_param_ops arm_ops = { .set = arm_set, .get = arm_get };
module_param_cb(arm, &arm_ops, NULL, 0600);

/* The address range of vfio-pci-core, given by the recorder from /proc/modules. */
module_param(vfio_begin, ulong, 0400);
module_param(vfio_end, ulong, 0400);

/* With nodyn=1 pci_msix_can_alloc_dyn() returns false, as on a host whose irq domain cannot allocate dynamically. */
static bool nodyn;
module_param(nodyn, bool, 0400);

static int on_can_alloc(struct kprobe *kp, struct pt_regs *regs)
{
	regs->ax = 0;
	instruction_pointer_set(regs, (unsigned long)inject_return);
	return 1;
}
NOKPROBE_SYMBOL(on_can_alloc);

static struct kprobe can_alloc = {
	.symbol_name = "pci_msix_can_alloc_dyn",
	.pre_handler = on_can_alloc,
	.post_handler = after_entry,
};

static int __init inject_init(void)
{
	int i, k;

	if (nodyn) {
		i = register_kprobe(&can_alloc);
		if (i)
			return i;
	}

	for (i = 0; i < ARRAY_SIZE(sites); i++) {
		struct site *s = &sites[i];

		for (k = 0; k < 3 && s->symbol[k] && !s->probed; k++) {
			memset(&s->kp, 0, sizeof s->kp);
			s->kp.symbol_name = s->symbol[k];
			s->kp.pre_handler = on_entry;
			s->kp.post_handler = after_entry;
			s->probed = register_kprobe(&s->kp) == 0;
		}
	}
	return 0;
}

static void __exit inject_exit(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(sites); i++)
		if (sites[i].probed)
			unregister_kprobe(&sites[i].kp);
	if (nodyn)
		unregister_kprobe(&can_alloc);
}

module_init(inject_init);
module_exit(inject_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Lets the n-th call of a named function fail, for recordings of failing VFIO ioctls");
