/* SPDX-License-Identifier: MIT
 *
 * A stand-in for the kernel's tools/testing/selftests/kselftest_harness.h, which no package of a build machine brings: the part
 * of its interface that an exported fixture uses, written anew, so that fixtures can be compiled and run without a kernel tree.
 */
#ifndef KSELFTEST_HARNESS_STAND_IN
#define KSELFTEST_HARNESS_STAND_IN

#include <stdio.h>
#include <string.h>

struct harness_test {
	const char *name;
	void (*run)(struct harness_test *test);
	struct harness_test *next;
	int failed, skipped, stopped, handling;
};

static struct harness_test *harness_tests;

#define UNUSED __attribute__((unused))

#define FIXTURE(fixture) struct harness_data_##fixture
#define FIXTURE_SETUP(fixture)                                                     \
	static void fixture##_setup(UNUSED struct harness_test *_metadata,         \
				    UNUSED struct harness_data_##fixture *self)
#define FIXTURE_TEARDOWN(fixture)                                                  \
	static void fixture##_teardown(UNUSED struct harness_test *_metadata,      \
				       UNUSED struct harness_data_##fixture *self)

#define TEST_F(fixture, test)                                                      \
	static void fixture##_##test(struct harness_test *_metadata,               \
				     struct harness_data_##fixture *self);         \
	static void fixture##_##test##_run(struct harness_test *_metadata)         \
	{                                                                          \
		struct harness_data_##fixture self;                                \
		memset(&self, 0, sizeof(self));                                    \
		fixture##_setup(_metadata, &self);                                 \
		if (_metadata->failed || _metadata->skipped)                       \
			return;                                                    \
		fixture##_##test(_metadata, &self);                                \
		fixture##_teardown(_metadata, &self);                              \
	}                                                                          \
	static void __attribute__((constructor)) fixture##_##test##_register(void) \
	{                                                                          \
		static struct harness_test made = {                                \
			.name = #fixture "." #test, .run = fixture##_##test##_run, \
		};                                                                 \
		made.next = harness_tests;                                         \
		harness_tests = &made;                                             \
	}                                                                          \
	static void fixture##_##test(UNUSED struct harness_test *_metadata,        \
				     UNUSED struct harness_data_##fixture *self)

#define TH_LOG(format, ...) fprintf(stderr, "# " format "\n", ##__VA_ARGS__)

#define SKIP(statement, format, ...)                         \
	do {                                                 \
		_metadata->skipped = 1;                      \
		TH_LOG("SKIP " format, ##__VA_ARGS__);       \
		statement;                                   \
	} while (0)

/* What stands behind the macro is done when the values differ. */
#define HARNESS_EQ(expected, seen, stop)                                           \
	do {                                                                       \
		const __typeof__(expected) harness_expected = (expected);          \
		const __typeof__(seen) harness_seen = (seen);                      \
		_metadata->handling = !(harness_expected == harness_seen);         \
		_metadata->failed += _metadata->handling;                          \
		if (_metadata->handling)                                           \
			TH_LOG("expected %s (%lld), seen %s (%lld)", #expected,    \
			       (long long)harness_expected, #seen,                 \
			       (long long)harness_seen);                           \
		if (_metadata->handling && (stop))                                 \
			return;                                                    \
	} while (0);                                                               \
	for (; _metadata->handling; _metadata->handling = 0)

#define EXPECT_EQ(expected, seen) HARNESS_EQ(expected, seen, 0)
#define ASSERT_EQ(expected, seen) HARNESS_EQ(expected, seen, 1)

static inline int test_harness_run(int argc, char **argv)
{
	int failed = 0;

	(void)argc;
	(void)argv;
	for (struct harness_test *test = harness_tests; test; test = test->next) {
		test->run(test);
		failed += test->failed;
		printf("%s %s%s\n", test->failed ? "not ok" : "ok", test->name,
		       test->skipped ? " # SKIP" : "");
	}
	return failed ? 1 : 0;
}

#endif
