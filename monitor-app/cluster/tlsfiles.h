// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace qproxysql {

/// The TLS files of an account: paths of PEM files; empty: none. Value type.
struct TlsFiles
{
    QString ca;   ///< the certificate authority of the servers' certificates
    QString cert; ///< the client's own
    QString key;  ///< of \c cert

    bool isEmpty() const { return ca.isEmpty() && cert.isEmpty() && key.isEmpty(); }
    /// Why they cannot be used, with the file's name; empty: they can. Reads the files.
    QString problem() const;
    QString options() const;   ///< connect options for the inner driver
    TlsFiles absolute() const; ///< with absolute paths
    /// Takes the files of \a others where these are empty.
    TlsFiles completedBy(const TlsFiles &others) const;

    friend bool operator==(const TlsFiles &, const TlsFiles &) = default;
};

} // namespace qproxysql
