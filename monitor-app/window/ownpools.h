// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/pooldefinition.h"

#include <optional>

namespace qproxysql {

/// The pool file that the window keeps itself, with the pools that were added there by hand. Holds no
/// secrets. Local file I/O.
class OwnPools
{
public:
    explicit OwnPools(QString path)
        : m_path(std::move(path))
    {
    }

    QString path() const { return m_path; }
    QStringList names() const; ///< empty also when the file cannot be read

    /// Nothing wrong: empty. Else what, of which field, and what is allowed.
    QString wrongWith(const QString &name, const QString &peers) const;
    /// Adds a pool; empty, or what was wrong with it or with the file.
    QString add(const QString &name, const QString &peers);
    QString remove(const QString &name);

    /// What the peers' field says; nothing, and \a error, when it says none.
    static std::optional<QList<PeerDefinition>> parsePeers(const QString &peers, QString *error);

private:
    QString content() const;
    QString contentWith(const QString &name, const QString &peers) const;
    QString write(const QString &content) const;

    const QString m_path;
};

} // namespace qproxysql
