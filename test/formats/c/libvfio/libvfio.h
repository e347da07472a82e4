/* SPDX-License-Identifier: MIT
 *
 * A stand-in for the library of tools/testing/selftests/vfio, which no package of a build machine brings: the part of its
 * interface that an exported fixture uses, written anew on group and container, so that fixtures can be compiled and run without a
 * kernel tree. `IRQSCOPE_LINUX` names a kernel tree to compile them against the real one (selftestTree.test.ts).
 */
#ifndef LIBVFIO_STAND_IN
#define LIBVFIO_STAND_IN

#include <fcntl.h>
#include <linux/pci_regs.h>
#include <linux/vfio.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct iommu {
	int container_fd;
};

struct vfio_pci_device {
	const char *bdf;
	int fd;
	int group_fd;
	struct vfio_region_info config_space;
};

static const char *default_iommu_mode = "stand-in";

static inline void stand_in_assert(int holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "# %s\n", what);
	exit(1);
}

static inline struct iommu *iommu_init(const char *mode)
{
	struct iommu *iommu = calloc(1, sizeof(*iommu));

	stand_in_assert(iommu && mode, "iommu_init");
	iommu->container_fd = open("/dev/vfio/vfio", O_RDWR);
	stand_in_assert(iommu->container_fd >= 0, "container");
	return iommu;
}

static inline void iommu_cleanup(struct iommu *iommu)
{
	close(iommu->container_fd);
	free(iommu);
}

static inline struct vfio_pci_device *vfio_pci_device_init(const char *bdf, struct iommu *iommu)
{
	struct vfio_pci_device *device = calloc(1, sizeof(*device));

	stand_in_assert(device != NULL, "vfio_pci_device_init");
	device->bdf = bdf;
	device->group_fd = open("/dev/vfio/26", O_RDWR);
	stand_in_assert(!ioctl(device->group_fd, VFIO_GROUP_SET_CONTAINER, &iommu->container_fd), "group");
	stand_in_assert(!ioctl(iommu->container_fd, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU), "type");
	device->fd = ioctl(device->group_fd, VFIO_GROUP_GET_DEVICE_FD, bdf);
	stand_in_assert(device->fd >= 0, "device");
	device->config_space.argsz = sizeof(device->config_space);
	device->config_space.index = VFIO_PCI_CONFIG_REGION_INDEX;
	stand_in_assert(!ioctl(device->fd, VFIO_DEVICE_GET_REGION_INFO, &device->config_space), "region");
	return device;
}

static inline void vfio_pci_device_cleanup(struct vfio_pci_device *device)
{
	close(device->fd);
	close(device->group_fd);
	free(device);
}

static inline uint16_t vfio_pci_config_readw(struct vfio_pci_device *device, size_t offset)
{
	uint16_t value = 0;

	stand_in_assert(pread(device->fd, &value, 2, device->config_space.offset + offset) == 2, "read");
	return value;
}

static inline void vfio_pci_config_writew(struct vfio_pci_device *device, size_t offset, uint16_t value)
{
	stand_in_assert(pwrite(device->fd, &value, 2, device->config_space.offset + offset) == 2, "write");
}

static inline const char *vfio_selftests_get_bdf(int *argc, char *argv[])
{
	return *argc > 1 ? argv[--*argc] : getenv("VFIO_SELFTESTS_BDF");
}

#endif
