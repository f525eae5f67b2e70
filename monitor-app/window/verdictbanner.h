// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtWidgets/QFrame>

QT_BEGIN_NAMESPACE
class QLabel;
QT_END_NAMESPACE

namespace qproxysql {

/// A large coloured strip with a glyph: whether a server is safe to stop. The kinds differ in
/// colour, glyph and frame.
class VerdictBanner : public QFrame
{
    Q_OBJECT

public:
    enum class Kind {
        Safe,   ///< the server may be stopped now
        NotYet, ///< it may not
        Unknown ///< nobody can say
    };

    explicit VerdictBanner(QWidget *parent = nullptr);

    /// \a headline: in large letters; \a text: why. \a quietText: both, without running counters,
    /// for screen readers.
    void show(Kind kind, const QString &headline, const QString &text, const QString &quietText);
    Kind kind() const { return m_kind; }
    QString text() const;     ///< headline and text
    QString headline() const; ///< the large part

protected:
    void changeEvent(QEvent *event) override;

private:
    void colour();

    Kind m_kind = Kind::Unknown;
    bool m_isColouring = false;
    QLabel *m_glyph;
    QLabel *m_headline;
    QLabel *m_text;
};

} // namespace qproxysql
