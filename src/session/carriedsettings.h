// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QStringList>

#include <optional>
#include <utility>
#include <vector>

namespace qproxysql {

/// The settings of a connection's session that its next session is given: those of sessionSettings()
/// that were changed, with their present values. A value type; empty for most connections.
class CarriedSettings
{
public:
    bool isEmpty() const { return m_values.empty(); }

    /// Remembers \a value for the setting of that index. False: it is none that could be written into
    /// a statement without doubt (NULL, quotes, backslashes, ...); what was remembered is forgotten.
    bool carry(int setting, const QString &value);
    void forget(int setting);
    QString value(int setting) const; ///< null: not carried

    QString schema() const; ///< that the first of statements() uses; null: none of them does
    bool hasCharset() const;

    /// What gives them, and \a autocommit where it has a value, to another session: statements to be
    /// sent in one text, in this order. The schema first, while the charset is the one in which the
    /// client sends.
    QStringList statements(std::optional<bool> autocommit) const;

private:
    std::vector<std::pair<int, QString>> m_values; // sorted
};

} // namespace qproxysql
