// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// What an account's connections use TLS with: paths of PEM files; empty: none. Value type.
struct TlsFiles
{
    QString ca;   ///< the certificate of whoever signed the servers'
    QString cert; ///< the client's own
    QString key;  ///< of \c cert

    bool isEmpty() const { return ca.isEmpty() && cert.isEmpty() && key.isEmpty(); }
    /// What keeps them from being used, with the file's name; empty: nothing. Reads the files.
    QString problem() const;
    QString options() const;   ///< connect options for the inner driver
    TlsFiles absolute() const; ///< the same files, from any folder
    /// Those of \a others where there are none.
    TlsFiles completedBy(const TlsFiles &others) const;

    friend bool operator==(const TlsFiles &, const TlsFiles &) = default;
};

} // namespace qproxysql
