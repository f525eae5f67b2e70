// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "control/draindocument.h"
#include "control/sharedfolder.h"

namespace qproxysql {

/// What the processes that share a folder have last read of the fleet's wishes for a pool, on disk:
/// for those that start while no server can be read. A file of the format of drain.json. Any
/// thread; blocks for as long as the disk does.
class FleetMemory
{
public:
    /// \a folder: as DirectoryLocation tells it; empty: nothing is kept.
    FleetMemory(const QString &folder, const QString &schema, const QString &pool);

    QString path() const;

    struct Reading
    {
        QList<DrainEntry> entries;
        std::optional<DrainRefusal> refusal; ///< it is there and could not be read; names the file
    };
    Reading read() const;

    /// Adds \a entries to what is there, the newest of each; writes only what is new. Makes the
    /// folder unless the environment names it (QPROXYSQL_DIR). A damaged file is replaced, one of a
    /// later format is left alone.
    std::optional<DrainRefusal> add(const QList<DrainEntry> &entries) const;

private:
    std::optional<DrainDocument> document(std::optional<DrainRefusal> *refusal) const;

    const SharedFolder m_folder;
    const bool m_hasFolder;
    const QString m_schema;
    const QString m_pool;
    const QString m_name;
};

} // namespace qproxysql
