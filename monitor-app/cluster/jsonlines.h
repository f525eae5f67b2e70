// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/sharedfolder.h"

#include <QtCore/QJsonObject>
#include <QtCore/QList>

namespace qproxysql {

/// A file of a shared folder to which several processes append JSON objects, one a line. It is
/// bounded: when it is full, it becomes the old file, which replaces the one before. Value type; its
/// functions block for the disk.
class JsonLines
{
public:
    static constexpr qint64 MostBytes = 1024 * 1024; ///< of each of the two files

    JsonLines(const QString &folder, const QString &name, qint64 mostBytes = MostBytes,
              SharedFolder::Sync sync = SharedFolder::Sync::Now);

    QString path() const { return m_folder.filePath(m_name); }

    /// Creates the folder if it does not exist.
    std::optional<DrainRefusal> append(const QList<QJsonObject> &objects) const;

    struct Reading
    {
        QList<QJsonObject> objects; ///< of both files, the oldest first
        int damaged = 0;            ///< lines that are no JSON objects, as after a power cut
        std::optional<DrainRefusal> refusal; ///< a file could not be read
    };
    Reading read() const;

private:
    void readFile(const QString &name, Reading *reading) const;

    SharedFolder m_folder;
    QString m_name;
    qint64 m_mostBytes;
    SharedFolder::Sync m_sync;
};

} // namespace qproxysql
