// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

#include <vector>

namespace qproxysql::lifetime {

/// A whole life of a process that uses QPROXYSQL, with its end. Exits through exit codes: 0 is well.
struct Life
{
    const char *name;
    /// \a hosts: what setHostName() is given. Makes its own QCoreApplication.
    int (*live)(int argc, char **argv, const QString &hosts);
};

const std::vector<Life> &lives();

} // namespace qproxysql::lifetime
