// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/draindocument.h"
#include "drain/sharedfolder.h"

namespace qproxysql {

/// What the processes that share a folder have last read of the fleet's drain requests for a pool, on disk:
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
        QList<DrainRequest> entries;
        /// It is there and could not be read, or not all of it is believed; names the file.
        std::optional<DrainRefusal> refusal;
    };
    Reading read() const;
    /// Above it a generation is of no clock, and not believed when only the disk has it.
    static constexpr quint64 MostBelieved = DrainRequest::MaxGeneration / 2;

    /// Adds \a entries to what is there, the newest of each, and takes away those of \a givenUp;
    /// writes only what is new, and of more than read() takes those that drain first, then the newest.
    /// Makes the folder unless the environment names it (QPROXYSQL_DIR). A damaged file is replaced,
    /// one of a later format is left alone.
    std::optional<DrainRefusal> add(const QList<DrainRequest> &entries,
                                    const QList<DrainRequest> &givenUp = {}) const;

private:
    std::optional<DrainDocument> document(std::optional<DrainRefusal> *refusal) const;

    const SharedFolder m_folder;
    const bool m_hasFolder;
    const QString m_schema;
    const QString m_pool;
    const QString m_name;
};

} // namespace qproxysql
