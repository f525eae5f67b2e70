// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/expected.h"

#include <QtCore/QByteArray>

namespace qproxysql {

/// The file that node_exporter's textfile collector reads. Blocks for the disk.
class MetricsFile
{
public:
    explicit MetricsFile(const QString &path)
        : m_path(path)
    {
    }

    /// What an earlier run has written; empty: nothing. Fails for a file that is no page, which
    /// must not be replaced.
    Expected<QByteArray> read() const;
    /// Replaces the file: a reader sees the old page or the new one. Mode 0644.
    Expected<void> replace(const QByteArray &page) const;

private:
    const QString m_path;
};

} // namespace qproxysql
