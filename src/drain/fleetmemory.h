// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/drainfile.h"

namespace qproxysql {

/// A copy on disk of the fleet's drain requests for a pool, shared by all processes that use the folder. It is
/// for processes that start while no server can be read. The file has the format of drain.json. Any thread;
/// blocks on disk I/O.
class FleetMemory
{
public:
    /// \a folder: DirectoryLocation::folder(); empty: nothing is kept.
    FleetMemory(const QString &folder, const QString &schema, const QString &pool);

    QString path() const { return m_file.path(); }

    struct Reading
    {
        QList<DrainRequest> entries;
        /// The file exists but cannot be read, or an entry is not believed; names the file.
        std::optional<DrainRefusal> refusal;
    };
    Reading read() const;
    /// A greater generation comes from no clock; it is not believed when only the disk has it.
    static constexpr quint64 MostBelieved = DrainRequest::MaxGeneration / 2;

    /// Merges \a entries into the file, keeping the newest of each, and removes \a givenUp. Writes only if
    /// something is new. If there are more entries than read() accepts, it keeps draining ones first, then
    /// the newest. Creates the folder unless the environment names it (QPROXYSQL_DIR). Replaces a damaged
    /// file, but not one of a later format.
    std::optional<DrainRefusal> add(const QList<DrainRequest> &entries,
                                    const QList<DrainRequest> &givenUp = {}) const;

private:
    const SharedFolder m_folder;
    const bool m_hasFolder;
    const QString m_schema;
    const QString m_pool;
    const QString m_name;
    const DrainFile m_file;
};

} // namespace qproxysql
